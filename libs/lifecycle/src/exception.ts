import { DAY_MS } from "./sla.ts";
import type { TaskException } from "./task.ts";

export const maxExceptionDays = 180;

/** Why this exception cannot be granted, as a sentence for the person asking; null when it can. */
export function exceptionRefusal(exception: TaskException, now: string): string | null {
  if (exception.ownerId.trim() === "") return "An exception needs an owner who answers for the risk.";
  if (exception.reason.trim() === "") return "An exception needs a reason.";
  if (exception.compensatingControl.trim() === "") return "An exception needs a compensating control: what limits the risk until it ends?";
  const days = (Date.parse(exception.expiresAt) - Date.parse(now)) / DAY_MS;
  if (Number.isNaN(days)) return "An exception needs an end date.";
  if (days <= 0) return "The end of an exception must lie in the future.";
  if (days > maxExceptionDays) return `An exception ends after ${maxExceptionDays} days at the latest; renew it with a fresh review.`;
  return null;
}

export const isExpired = (exception: TaskException, now: string): boolean => Date.parse(exception.expiresAt) <= Date.parse(now);

export interface ExceptionBudget {
  readonly used: number;
  readonly limit: number;
  readonly left: number;
  /** When the next running exception ends, null when none runs. */
  readonly nextExpiryAt: string | null;
}

/** How much of its allowance of running exceptions a team has used. */
export function exceptionBudget(exceptions: readonly TaskException[], limit: number, now: string): ExceptionBudget {
  const running = exceptions.filter((exception) => !isExpired(exception, now));
  const ends = running.map((exception) => exception.expiresAt).sort((a, b) => Date.parse(a) - Date.parse(b));
  return { used: running.length, limit, left: Math.max(0, limit - running.length), nextExpiryAt: ends[0] ?? null };
}
