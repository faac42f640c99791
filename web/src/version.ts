/** lvsgen's version; vite.config.ts puts it in. */
export const version = import.meta.env.LVSGEN_VERSION as string;

/** The address of the repository; empty if package.json has none. */
export const repository = import.meta.env.LVSGEN_REPOSITORY as string;
