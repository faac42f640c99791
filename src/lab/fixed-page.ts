/** The page of the lab's servers that a check knows by its digest: the same on each of them. */

export const fixedPage = "lvsgen lab\n";

/** `printf 'lvsgen lab\n' | md5sum`: a test compares it. */
export const fixedPageDigest = "e52ccccc94844a9d298a469a85839640";
