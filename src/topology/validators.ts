/** The schema's validators: one for the frame, one a host, one a service. */

import { Ajv, type ValidateFunction } from "ajv";
import { formats } from "./formats.ts";
import { topologySchema } from "./schema.ts";

export interface Validators {
  /** Everything but what is inside hosts and virtual services. */
  readonly frame: ValidateFunction;
  readonly host: ValidateFunction;
  readonly service: ValidateFunction;
}

let compiled: Validators | null = null;

export function validators(): Validators {
  compiled ??= compile();
  return compiled;
}

function compile(): Validators {
  const ajv = new Ajv({
    allErrors: true,
    verbose: true,
    allowUnionTypes: true,
    strictTypes: false,
    strictRequired: false,
    formats: { ...formats },
    keywords: ["tsType"],
  });
  const { properties = {}, definitions, ...rest } = topologySchema;
  const { hosts = {}, virtualServices = {} } = properties;
  const frame = {
    ...rest,
    definitions,
    properties: {
      ...properties,
      hosts: { ...hosts, additionalProperties: true },
      virtualServices: { ...virtualServices, items: {} },
    },
  };
  return {
    frame: ajv.compile(frame),
    host: ajv.compile({ definitions, $ref: "#/definitions/host" }),
    service: ajv.compile({ definitions, $ref: "#/definitions/virtualService" }),
  };
}
