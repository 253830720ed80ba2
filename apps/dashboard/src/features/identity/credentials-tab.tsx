import type { Credential } from "@/api/views.ts";
import { Expiry } from "@/features/credentials/credential-columns.tsx";
import { AgeBar } from "@/ui/age-bar.tsx";
import { NativeId } from "@/ui/copy-button.tsx";
import { plural } from "@/ui/format.ts";
import { Link } from "@/ui/link.tsx";
import { Empty } from "@/ui/states.tsx";
import { Tag } from "@/ui/tag.tsx";
import { RelativeTime } from "@/ui/time.tsx";
import { Unknown } from "@/ui/unknown.tsx";
import { word } from "@/ui/words.ts";

function Item({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <div>
      <dt className="text-xs text-ink-3">{label}</dt>
      <dd className="text-sm">{children}</dd>
    </div>
  );
}

function CredentialItem({ credential }: { credential: Credential }) {
  return (
    <li className="border-b border-line py-4 first:pt-0">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <span className="font-medium">{word(credential.kind)}</span>
        {credential.name ? <NativeId value={credential.name} /> : null}
        {credential.status ? <Tag>{word(credential.status)}</Tag> : <Unknown label="Status unknown" />}
      </div>
      <div className="mt-2">
        <AgeBar ageDays={credential.ageDays} windowDays={credential.rotationWindowDays} />
      </div>
      <dl className="mt-3 flex flex-wrap gap-x-8 gap-y-2">
        <Item label="Created">{credential.createdAt ? <RelativeTime instant={credential.createdAt} /> : <Unknown />}</Item>
        <Item label="Last rotated">
          {credential.lastRotatedAt ? <RelativeTime instant={credential.lastRotatedAt} /> : <Unknown label="Not known to be" />}
        </Item>
        <Item label="Last used">{credential.lastUsedAt ? <RelativeTime instant={credential.lastUsedAt} /> : <Unknown />}</Item>
        <Item label="Expires">
          <Expiry credential={credential} />
        </Item>
        <Item label="Kept in">{credential.storage ? <bdi>{credential.storage}</bdi> : <Unknown />}</Item>
        {credential.exposure ? (
          <Item label="Exposed">
            <bdi>{credential.exposure}</bdi>
          </Item>
        ) : null}
      </dl>
      {credential.reusedBy.length > 0 ? (
        <p className="mt-2 text-sm">The same secret is in {plural(credential.reusedBy.length, "other credential")}.</p>
      ) : null}
    </li>
  );
}

export function CredentialsTab({ credentials, identityId }: { credentials: readonly Credential[]; identityId: string }) {
  if (credentials.length === 0) {
    return (
      <Empty title="No credential of its own" className="px-0">
        The exports list none. It may act through a role, a federation or its platform;{" "}
        <Link href={`/identities/${identityId}?tab=access`} className="text-accent underline">
          see who can reach it
        </Link>
        .
      </Empty>
    );
  }
  return (
    <ul>
      {credentials.map((credential) => (
        <CredentialItem key={credential.id} credential={credential} />
      ))}
    </ul>
  );
}
