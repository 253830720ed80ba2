import type { ScanTarget } from "./scan-targets.ts";

interface Questions {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** Refused for what they would do, not for how they look: there is no such federation, and no such policy. */
const knownRefusals = [/There is no such federation/, /No source has told what this policy says/];

/**
 * Sends every request once as it is. One that is refused for how it looks would be examined at the door only, whatever a scanner puts into its
 * places: which ones, and why.
 */
export async function refusedSamples({ url, headers }: Questions, targets: readonly ScanTarget[]): Promise<readonly string[]> {
  const plain = (text: string): string => text.replaceAll("*", "");
  const refused: string[] = [];
  // Asked once, it is gone.
  for (const target of targets.filter(({ method }) => method !== "DELETE")) {
    const own = Object.fromEntries(Object.entries(target.headers).map(([name, value]) => [name, plain(value)]));
    const body = target.body === null ? null : plain(target.body);
    const response = await fetch(`${url}${plain(target.url)}`, { method: target.method, headers: { ...headers, ...own }, body });
    const text = await response.text();
    if (response.status !== 400 || knownRefusals.some((known) => known.test(text))) continue;
    refused.push(`${target.operation}, ${target.place}: the request itself is refused: ${text.slice(0, 300)}`);
  }
  return refused;
}
