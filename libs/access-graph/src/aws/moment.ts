import type { RequestContext } from "./authorize/request-facts.ts";

/** What the date of the data says about every request: when it is made. Null when that date cannot be read. */
export function momentOf(asOf: string): RequestContext {
  const seconds = Math.floor(Date.parse(asOf) / 1000);
  if (Number.isNaN(seconds)) return new Map();
  return new Map([
    ["aws:currenttime", [asOf]],
    ["aws:epochtime", [String(seconds)]],
  ]);
}

/** Whoever becomes a role does so with a session of that moment: denies of older sessions do not meet it. */
export const sessionMomentOf = (moment: RequestContext): RequestContext => {
  const now = moment.get("aws:currenttime");
  return now === undefined ? moment : new Map([...moment, ["aws:tokenissuetime", now]]);
};
