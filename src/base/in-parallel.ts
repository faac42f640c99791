/** Bounded parallel work, in the order of the items. */

/**
 * @param most at once
 * @param work gets its place among those at once
 * @param goOn asked before each item; what is not begun has no result
 */
export async function inParallel<T, R>(
  items: readonly T[],
  most: number,
  work: (item: T, place: number) => Promise<R>,
  goOn: () => boolean = () => true,
): Promise<(R | null)[]> {
  const results: (R | null)[] = items.map(() => null);
  const rest = [...items.entries()];
  const worker = async (place: number): Promise<void> => {
    for (let next = rest.shift(); next !== undefined && goOn(); next = rest.shift()) {
      const [at, item] = next;
      results[at] = await work(item, place);
    }
  };
  await Promise.all(Array.from({ length: Math.max(1, most) }, (_, place) => worker(place)));
  return results;
}

/** Lets one through at a time, as there is only one terminal. */
export function oneAtATime(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const mine = last.then(work);
    last = mine.catch(() => {});
    return mine;
  };
}
