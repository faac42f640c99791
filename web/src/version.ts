/** lvsgen's version; vite.config.ts puts it in. */
export const version = import.meta.env.LVSGEN_VERSION as string;
