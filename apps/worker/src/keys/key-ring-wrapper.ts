/** A key service that seals the ring, and opens it for whoever it lets. Throws an AppError of one line; `unavailable` when asking again may help. */
export interface KeyRingWrapper {
  /** Written beside what it sealed. */
  readonly kind: "vault" | "aws-kms";
  /** For messages. */
  readonly name: string;
  /** Without white space. */
  wrap(ring: string): Promise<string>;
  unwrap(sealed: string): Promise<string>;
}
