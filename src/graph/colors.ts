/** Colours of methods that people with any colour vision can distinguish (after Okabe and Ito), on light and dark. */

import type { Forwarding } from "../topology/model.ts";

export const methodColors: Readonly<Record<Forwarding, { readonly light: string; readonly dark: string }>> = {
  dr: { light: "#0067a5", dark: "#56b4e9" },
  nat: { light: "#b34700", dark: "#f0a23b" },
  tun: { light: "#006e52", dark: "#3fc79a" },
};
