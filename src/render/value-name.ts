/** The key under which a helper finds the name of its value (value-names.ts). */
export const valueName = "valueName";
