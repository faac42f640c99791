/** Floating addresses that a generator thinks of, on hosts of 10.0.0.0/24 and fd00::/64. */

import fc from "fast-check";

const times = fc.record({
  interval: fc.integer({ min: 1, max: 5 }),
  timeout: fc.integer({ min: 1, max: 5 }),
  rise: fc.integer({ min: 1, max: 3 }),
  fall: fc.integer({ min: 1, max: 3 }),
});

const track = fc
  .record({
    what: fc.constantFrom(
      { type: "http", port: 80, path: "/health", status: ["200-299", 401] },
      { type: "tcp", port: 25 },
      { type: "process", name: "nginx" },
      { type: "script", command: "/usr/local/bin/check", arguments: ["it's", '"$(id)"'] },
      { type: "file", path: "/etc/maintenance" },
    ),
    times,
    weight: fc.option(fc.constantFrom(-20, -5, 5, 30), { nil: undefined }),
  })
  .map(({ what, times: often, weight }) => ({
    ...what,
    ...(what.type === "file" ? {} : often),
    ...(weight === undefined ? {} : { weight }),
  }));

const address = fc.record({
  family: fc.constantFrom(4, 6),
  first: fc.nat(5),
  count: fc.integer({ min: 1, max: 4 }),
  hasPriorities: fc.boolean(),
  advertInterval: fc.constantFrom(1, 2, 0.5),
  preempt: fc.constantFrom<object>({}, { preempt: true }, { preempt: true, preemptDelay: 30 }),
  unicast: fc.boolean(),
  bindBeforehand: fc.boolean(),
  isNotified: fc.boolean(),
  track: fc.uniqueArray(track, { maxLength: 3, selector: ({ weight, ...rest }) => JSON.stringify(rest) }),
});

const other = { 4: 6, 6: 4 } as const;

type Shape = typeof address extends fc.Arbitrary<infer T> ? T : never;

/** Some that move alone, and some that move together. */
export const floatingShapes = (least: number): fc.Arbitrary<Shape[]> =>
  fc
    .array(fc.tuple(address, fc.boolean()), { minLength: least, maxLength: 3 })
    .map((shapes) =>
      shapes.flatMap(([shape, isPair]) =>
        isPair ? [shape, { ...shape, family: other[shape.family] }] : [shape],
      ),
    );

/** Each with an id of its own. @param hosts at least one, each with addresses of both networks */
export function floatingAddresses(shapes: readonly Shape[], hosts: readonly string[]): object[] {
  return shapes.map(
    ({ family: wanted, first, count, hasPriorities, preempt, unicast, isNotified, ...others }, index) => {
      const all = hosts.map((_, at) => hosts[(first + at) % hosts.length] ?? "");
      const members = all.slice(0, count);
      // keepalived of Debian 11 has no multicast adverts of IPv6, which a host without others sends.
      const family = members.length < 2 ? 4 : wanted;
      return {
        name: `floating-${index}`,
        address: family === 4 ? `10.0.0.${220 + index}/24` : `fd00::${220 + index}/64`,
        hosts: hasPriorities ? members.map((host, at) => ({ host, priority: 200 - 3 * at })) : members,
        virtualRouterId: 60 + index,
        unicast: unicast || family === 6,
        ...others,
        ...preempt,
        ...(isNotified ? { notify: { command: "/usr/local/bin/on-change" } } : {}),
      };
    },
  );
}
