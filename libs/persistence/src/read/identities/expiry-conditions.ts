import type { ExpiryPart } from "@rollcall/posture-pipeline";

const within = (from: number, to: number): string =>
  `c.expires_at >= src.as_of + interval '${from} days' and c.expires_at < src.as_of + interval '${to} days'`;

/** One definition for the figures of the forecast and for the rows behind them; `c` is the credential, `src` its source. */
export const expiryConditions: Readonly<Record<ExpiryPart, string>> = {
  expired: "c.expires_at < src.as_of",
  in30: within(0, 30),
  in60: within(30, 60),
  in90: within(60, 90),
  later: "c.expires_at >= src.as_of + interval '90 days'",
  none: "c.expires_at is null and c.has_expiry is false",
  unknown: "c.expires_at is null and c.has_expiry is not false",
};

/** What is known to be switched off or gone expires for nobody. */
export const inUse = "coalesce(c.status, 'active') = 'active'";
