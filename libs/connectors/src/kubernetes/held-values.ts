import type { ParseOptions } from "@rollcall/posture-pipeline";
import { isStrong } from "../secret-scanning/leak.ts";

const mostValues = 100;
const accessKeyId = /(?<![A-Za-z0-9])A[KS]IA[A-Z0-9]{12,28}(?![A-Za-z0-9])/g;
/** The form of a secret key of AWS: an id without one opens nothing. */
const secretKey = /(?<![A-Za-z0-9/+])[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+=])/;

/** By what the values of a Secret are known again elsewhere: keyed fingerprints, and ids of AWS keys where a secret key stands beside them. */
export function heldValues(
  values: readonly string[],
  fingerprint: ParseOptions["fingerprint"],
): { readonly valueFingerprints?: readonly string[]; readonly accessKeyIds?: readonly string[] } {
  const whole = values.slice(0, mostValues).map((value) => value.trim());
  const prints = new Set(whole.filter(isStrong).flatMap((value) => fingerprint(value) ?? []));
  const ids = new Set(whole.some((value) => secretKey.test(value)) ? whole.flatMap((value) => value.match(accessKeyId) ?? []) : []);
  return {
    ...(prints.size === 0 ? {} : { valueFingerprints: [...prints].sort() }),
    ...(ids.size === 0 ? {} : { accessKeyIds: [...ids].sort() }),
  };
}
