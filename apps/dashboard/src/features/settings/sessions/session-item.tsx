import type { OwnSession } from "@/api/views.ts";
import { signOut } from "@/features/shell/sign-out.ts";
import { Button } from "@/ui/button.tsx";
import { Tag } from "@/ui/tag.tsx";
import { RelativeTime } from "@/ui/time.tsx";
import { sessionName } from "./session-name.ts";

export function SessionItem({ session, onEnd }: { session: OwnSession; onEnd: () => void }) {
  const name = sessionName(session);
  return (
    <li className="flex min-h-14 flex-wrap items-center gap-x-4 gap-y-1 border-b border-line py-2">
      <span className="min-w-0 flex-1">
        <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <bdi className="font-medium">{name}</bdi>
          {session.current ? <Tag tone="accent">This browser</Tag> : null}
        </span>
        <span className="block text-sm text-ink-3">
          signed in <RelativeTime instant={session.signedInAt} />
          {session.address === null ? ", from an unknown address" : ` from ${session.address}`}
        </span>
      </span>
      <span className="text-sm max-sm:order-last max-sm:basis-full sm:text-right">
        <span className="block max-sm:inline">
          {session.current ? (
            "in use now"
          ) : (
            <>
              used <RelativeTime instant={session.lastUsedAt} />
            </>
          )}
        </span>
        <span className="text-ink-3 before:content-[',_'] sm:block sm:before:content-none">
          ends <RelativeTime instant={session.expiresAt} />
        </span>
      </span>
      {session.current ? (
        <Button size="sm" tone="quiet" className="max-sm:-mr-2 sm:w-20" onClick={() => void signOut()}>
          Sign out
        </Button>
      ) : (
        <Button size="sm" tone="quiet" className="max-sm:-mr-2 sm:w-20" onClick={onEnd}>
          End<span className="sr-only"> {name}</span>
        </Button>
      )}
    </li>
  );
}
