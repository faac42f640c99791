declare module "virtual:form-values" {
  /** See form-values-plugin.ts. */
  export const formValues: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
  export const choices: Readonly<
    Record<
      "engine" | "forwarding" | "scheduler" | "check",
      readonly (readonly [value: string, meaning: string])[]
    >
  >;
}
