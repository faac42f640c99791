/** Which field of the form a finding is about. */

/**
 * The pointer of the field that shows the place: its own field, that of a value around it (a port of a list), or the
 * first field inside it (of a service, its name). A host's name field shows nothing else of the host.
 *
 * @param fields JSON pointers of fields, in the form's order
 * @returns null if the form has no field for it
 */
export function nearestField(pointer: string, fields: readonly string[]): string | null {
  if (fields.includes(pointer)) return pointer;
  const around = fields.filter((field) => pointer.startsWith(`${field}/`) && !/^\/hosts\/[^/]*$/.test(field));
  const [nearest] = around.toSorted((a, b) => b.length - a.length);
  if (nearest !== undefined) return nearest;
  const isPart = pointer.split("/").length > 2;
  return (isPart && fields.find((field) => field.startsWith(`${pointer}/`))) || null;
}
