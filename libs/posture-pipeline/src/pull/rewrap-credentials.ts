import { AppError } from "@rollcall/platform";
import type { PullSourcesStore, SealedCredential, StoredPullSource } from "../ports/pull-sources-store.ts";
import { credentialContext } from "./pull-credential.ts";

export interface RewrapDeps {
  readonly pullSources: Pick<PullSourcesStore, "sealedOtherwise" | "replaceSealed">;
  /** The same credential under the new key. Throws an AppError when it does not open. */
  readonly rewrap: (context: string, sealed: SealedCredential) => SealedCredential;
}

export interface RewrapResult {
  readonly rewrapped: number;
  /** Set anew by somebody while this went on. */
  readonly replaced: number;
  /** Their key is not here, or they were damaged: they stay as they are. */
  readonly unreadable: number;
}

const atOnce = 100;

/**
 * Moves every credential under the key `to`, one by one and each for itself: it can be stopped anywhere and begun again, and whoever reads or
 * enters a credential meanwhile is not held up. Goes round until a round finds nothing more to move.
 */
export async function rewrapCredentials({ pullSources, rewrap }: RewrapDeps, to: string): Promise<RewrapResult> {
  const total = { rewrapped: 0, replaced: 0, unreadable: 0 };
  for (;;) {
    let [moved, unreadable] = [0, 0];
    let after: StoredPullSource | null = null;
    for (;;) {
      const batch: readonly StoredPullSource[] = await pullSources.sealedOtherwise(to, after, atOnce);
      for (const source of batch) {
        const sealed = rewrapped(source, rewrap);
        if (sealed === null) unreadable += 1;
        else if (await pullSources.replaceSealed(source, sealed)) moved += 1;
        else total.replaced += 1;
      }
      after = batch.at(-1) ?? null;
      if (batch.length < atOnce) break;
    }
    total.rewrapped += moved;
    total.unreadable = unreadable;
    if (moved === 0) return total;
  }
}

function rewrapped(
  source: StoredPullSource,
  rewrap: RewrapDeps["rewrap"],
): { readonly from: SealedCredential; readonly to: SealedCredential } | null {
  const from = source.sealed;
  if (from === null) return null;
  try {
    return { from, to: rewrap(credentialContext(source.workspaceId, source), from) };
  } catch (error) {
    if (error instanceof AppError) return null;
    throw error;
  }
}
