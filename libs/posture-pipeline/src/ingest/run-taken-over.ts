import { AppError } from "@rollcall/platform";

/** Somebody else works on the run now: whoever is told so stops without a word, and leaves everything to them. */
export class RunTakenOver extends AppError {
  constructor(syncId: string) {
    super("conflict", "Another worker has taken over this import.", { detail: `sync ${syncId}` });
  }
}
