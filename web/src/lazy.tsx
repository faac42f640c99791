/** A component that is loaded when it is first shown: the first visit needs less. */

import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import { reportFailure } from "./state/failures.ts";

interface LazyProps<P extends object> {
  readonly load: () => Promise<ComponentType<P>>;
  readonly values: P;
}

const loaded = new Map<unknown, ComponentType<never>>();

/** Nothing until then; a part that does not load is reported as the page's other failures are. */
export function Lazy<P extends object>({ load, values }: LazyProps<P>) {
  const [, redraw] = useState(0);
  const Shown = loaded.get(load) as ComponentType<P> | undefined;
  useEffect(() => {
    if (loaded.has(load)) return;
    load().then((component) => {
      loaded.set(load, component as ComponentType<never>);
      redraw((count) => count + 1);
    }, reportFailure);
  }, [load]);
  return Shown === undefined ? null : <Shown {...values} />;
}
