/** Where the ring of connector keys is kept. One of them is configured; the ring is the same text everywhere (`readKeyRing`). */
export interface ConnectorKeySource {
  /** For messages: the file or the variable. */
  readonly where: string;
  /** False when only the operator can change it: the process cannot change the environment that it was started with. */
  readonly writable: boolean;
  /** Changes whenever the ring may have changed; null when there is none. Asked before every use, so it calls nobody. */
  stamp(): string | null;
  /** Null when there is none. Throws an AppError of one line; `unavailable` when asking again may help. */
  read(): Promise<string | null>;
  /** Leaves a ring that somebody else made meanwhile as it is. */
  create(ring: string): Promise<void>;
  /** Whole or not at all, and never in a form that cannot be read back. */
  write(ring: string): Promise<void>;
}
