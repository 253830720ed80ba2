const pattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Ids come from people; a malformed one must be "not found" and never an error of the database. */
export function isUuid(text: string): boolean {
  return pattern.test(text);
}
