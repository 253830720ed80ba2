import type { DatasetOutcome } from "@rollcall/nhi-model";

/** What the inventory holds about the presence of one object. */
export interface Presence {
  readonly missingSince: string | null;
  readonly goneAt: string | null;
}

/** What a run says about it. */
export interface Sighting {
  readonly at: string;
  readonly outcome: DatasetOutcome;
  readonly listed: boolean;
  /** A direct lookup answered that it does not exist. */
  readonly confirmedGone?: boolean;
}

export type AbsenceState = Presence & { readonly state: "present" | "missing" | "gone" };

export const minHoursBetweenAbsences = 1;

/**
 * Absence is not deletion: only a complete listing counts, it makes an object missing first, and gone when a second
 * one at least an hour later, or a direct lookup, says so too. Being listed again brings it back from either.
 */
export function absenceState(before: Presence, sighting: Sighting): AbsenceState {
  const unchanged: AbsenceState = {
    ...before,
    state: before.goneAt !== null ? "gone" : before.missingSince !== null ? "missing" : "present",
  };
  if (sighting.listed) return { state: "present", missingSince: null, goneAt: null };
  if (before.goneAt !== null) return unchanged;
  if (sighting.confirmedGone === true) return { state: "gone", missingSince: before.missingSince ?? sighting.at, goneAt: sighting.at };
  if (sighting.outcome !== "complete") return unchanged;
  if (before.missingSince === null) return { state: "missing", missingSince: sighting.at, goneAt: null };
  const hours = (Date.parse(sighting.at) - Date.parse(before.missingSince)) / 3_600_000;
  return hours >= minHoursBetweenAbsences ? { state: "gone", missingSince: before.missingSince, goneAt: sighting.at } : unchanged;
}
