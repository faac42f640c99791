/** `authPassword` of VRRP, `password` of BGP neighbors, and whatever else is called so. */
export const secretKey = /password|secret|passphrase/i;
