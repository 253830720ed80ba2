import type { RequestContext } from "./authorize/request-facts.ts";

/**
 * Whoever wants access asks over TLS, of the version that a policy wants: every client can, and those of AWS do by themselves. A policy that
 * refuses anything else, as nearly every bucket has, keeps nobody out.
 */
const encrypted: RequestContext = new Map([
  ["aws:securetransport", ["true"]],
  ["s3:tlsversion", ["1.3"]],
]);

/** What is known of every request: that it is encrypted, and when it is made, where the date of the data can be read. */
export function momentOf(asOf: string): RequestContext {
  const seconds = Math.floor(Date.parse(asOf) / 1000);
  if (Number.isNaN(seconds)) return encrypted;
  return new Map([...encrypted, ["aws:currenttime", [asOf]], ["aws:epochtime", [String(seconds)]]]);
}

/** Whoever becomes a role does so with a session of that moment: denies of older sessions do not meet it. */
export const sessionMomentOf = (moment: RequestContext): RequestContext => {
  const now = moment.get("aws:currenttime");
  return now === undefined ? moment : new Map([...moment, ["aws:tokenissuetime", now]]);
};
