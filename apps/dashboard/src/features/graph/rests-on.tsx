import Link from "next/link";
import type { ReactNode } from "react";
import type { Radius } from "@/api/views.ts";
import { plural } from "@/ui/format.ts";
import { RelativeTime } from "@/ui/time.tsx";

type Lag = Radius["lags"][number];

const list = new Intl.ListFormat("en");

function lagWords({ reason, datasets, asOf }: Lag): ReactNode {
  if (reason === "not_connected") return "is not connected any more";
  if (reason === "partial") return `was listed in part: ${list.format(datasets)}`;
  const last = asOf === null ? "nothing of it is known" : null;
  return (
    <>
      {reason === "failing" ? "could not be read the last time" : "was not read within the interval agreed for it"};{" "}
      {last ?? (
        <>
          what is known of it is from <RelativeTime instant={asOf!} />
        </>
      )}
    </>
  );
}

/** One source that may have more to say, and why. */
export const LagLine = ({ lag }: { lag: Lag }) => (
  <>
    <bdi className="font-medium text-ink-2">{lag.name}</bdi> {lagWords(lag)}.
  </>
);

const SHOWN = 3;

/** How old an answer is, and which of the sources behind it may have more to say. */
export function RestsOn({ lags, oldest }: { lags: readonly Lag[]; oldest?: Radius["oldest"] }) {
  if (lags.length === 0 && !oldest) return null;
  return (
    <ul className="mt-1.5 flex flex-col gap-0.5 text-sm text-ink-3" aria-label="What this rests on">
      {oldest ? (
        <li>
          The oldest data behind it is from <RelativeTime instant={oldest.asOf} /> (<bdi>{oldest.name}</bdi>).
        </li>
      ) : null}
      {lags.slice(0, SHOWN).map((lag) => (
        <li key={lag.id} className="wrap-anywhere">
          <LagLine lag={lag} />
        </li>
      ))}
      {lags.length > SHOWN ? (
        <li>
          <Link href="/choke-points#not-modelled" className="text-accent underline underline-offset-3">
            and {plural(lags.length - SHOWN, "more source", "more sources")}
          </Link>
        </li>
      ) : null}
    </ul>
  );
}
