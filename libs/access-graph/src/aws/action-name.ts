const lower = new Map<string, string>();
const services = new Map<string, string>();

/** Actions compare without case. The few names asked about again and again are folded once. */
export const lowerAction = (action: string): string => remembered(lower, action, (name) => name.toLowerCase());

/** `s3` of `s3:GetObject`, lower case. */
export const serviceOfAction = (action: string): string =>
  remembered(services, action, (name) => name.slice(0, name.indexOf(":")).toLowerCase());

function remembered(known: Map<string, string>, name: string, make: (name: string) => string): string {
  let made = known.get(name);
  if (made === undefined) {
    // Callers may ask about any action: forget rather than grow without end.
    if (known.size > 4096) known.clear();
    known.set(name, (made = make(name)));
  }
  return made;
}
