import type { ServerResponse } from "node:http";
import type { Fault, FaultRig } from "../fault.ts";
import { MisbehavingServer, refOf, sendPage, type Misbehaviour } from "../misbehaving-server.ts";
import { PulledSources } from "../pulled-sources.ts";

interface Story {
  readonly name: string;
  readonly tell: Misbehaviour;
  readonly ends: "complete" | "partial" | "failed";
  /** Must stand in the note. */
  readonly says?: RegExp;
  /** The third page is asked for a second time no earlier than this after the first. */
  readonly waitsMs?: number;
  /** The next run begins no earlier than this after the end. */
  readonly nextMs?: number;
}

const mostAttempts = 6;
/** Longer than an answer may take. */
const slowMs = 32_000;
const limitMs = 240_000;

const end = (response: ServerResponse, status: number, headers: Readonly<Record<string, string>> = {}): true => {
  response.writeHead(status, headers).end("{}");
  return true;
};
/** Does it the first so many times that the third page is asked for. */
const onThird =
  (times: number, deed: (response: ServerResponse, before: number) => unknown): Misbehaviour =>
  ({ page, before }, response) => {
    if (page !== 3 || before >= times) return false;
    deed(response, before);
    return true;
  };
const always = Number.POSITIVE_INFINITY;

const stories: readonly Story[] = [
  { name: "429-seconds", ends: "complete", waitsMs: 3_000, tell: onThird(1, (r) => end(r, 429, { "retry-after": "3" })) },
  {
    name: "429-date",
    ends: "complete",
    // Dates have whole seconds.
    waitsMs: 2_000,
    tell: onThird(1, (r) => end(r, 429, { "retry-after": new Date(Date.now() + 3_500).toUTCString() })),
  },
  {
    name: "429-hours",
    ends: "partial",
    says: /120 min/,
    nextMs: 2 * 3_600_000 - 60_000,
    tell: onThird(always, (r) => end(r, 429, { "retry-after": "7200" })),
  },
  { name: "500-burst", ends: "complete", tell: onThird(3, (r, before) => end(r, [500, 502, 503][before]!)) },
  { name: "500-always", ends: "partial", says: /500/, tell: onThird(always, (r) => end(r, 500)) },
  {
    name: "slow",
    ends: "complete",
    tell: onThird(1, (r) => setTimeout(() => r.end("[]"), slowMs).unref()),
  },
  {
    name: "reset",
    ends: "complete",
    tell: onThird(2, (r, before) => {
      r.writeHead(200, { "content-type": "application/json", ...(before === 0 ? { "content-length": "1000" } : {}) });
      r.write('[{"kind":', () => r.socket?.resetAndDestroy());
    }),
  },
  {
    name: "truncated",
    ends: "complete",
    tell: onThird(1, (r) => r.writeHead(200, { "content-type": "application/json" }).end('[{"kind":"iden')),
  },
  {
    name: "truncated-always",
    ends: "partial",
    tell: onThird(always, (r) => r.writeHead(200, { "content-type": "application/json" }).end("[{")),
  },
  {
    name: "duplicate-page",
    ends: "partial",
    says: /twice/,
    tell: ({ story, page }, response) => {
      if (page !== 3) return false;
      sendPage(response, { story, page, bots: [3, 4], next: 4 });
      return true;
    },
  },
  {
    name: "cursor-loop",
    ends: "partial",
    says: /circle/,
    tell: ({ story, page }, response) => {
      if (page !== 3) return false;
      sendPage(response, { story, page, bots: [5], next: 2 });
      return true;
    },
  },
  {
    name: "endless",
    ends: "partial",
    says: /10000 pages/,
    tell: ({ story, page }, response) => {
      if (page < 3) return false;
      sendPage(response, { story, page, bots: [100 + page], next: page + 1 });
      return true;
    },
  },
  {
    name: "page-size",
    ends: "complete",
    tell: ({ story, page }, response) => {
      if (page < 2) return false;
      sendPage(response, { story, page, bots: page === 2 ? [3, 4, 5, 6] : [], next: page < 6 ? page + 1 : null });
      return true;
    },
  },
  { name: "403-page", ends: "partial", says: /403/, tell: onThird(always, (r) => end(r, 403)) },
  { name: "expired-cursor", ends: "partial", says: /410/, tell: onThird(always, (r) => end(r, 410)) },
  { name: "401", ends: "failed", says: /401/, tell: (_, response) => end(response, 401) },
];

/** F8: an API that misbehaves between two of its pages. The run ends, keeps to what it is asked, and counts as missing only what it saw the end of. */
export const misbehavingApi: Fault = {
  id: "F8",
  title: "an API that misbehaves",
  repeats: 3,
  // Whoever was read to the end may miss what was not listed.
  expected: (tag) => ({ mayLose: stories.filter(({ ends }) => ends === "complete").map(({ name }) => `f8-${tag}-${name}`) }),
  run: async (rig) => {
    const server = await MisbehavingServer.start();
    const sources = new PulledSources(rig.instance, await rig.checker.workspace());
    try {
      const told = stories.map((story) => ({ ...story, account: `f8-${rig.tag}-${story.name}` }));
      const ids = await Promise.all(told.map(({ account }) => sources.connect(account, server.url(account))));
      const first = await Promise.all(ids.map((id) => sources.ended(id, null, limitMs)));
      await rig.settle();
      const found = await Promise.all(
        told.map(async (story, index) => {
          if (first[index]?.outcome !== "complete")
            return [`${story.account}: the healthy run ended ${first[index]?.outcome ?? "not at all"}`];
          server.begin(story.account, story.tell);
          await sources.run(ids[index]!);
          const last = await sources.ended(ids[index]!, first[index].at, limitMs);
          return last === null ? [`${story.account}: the run hangs`] : promisesOf(story, { last, server });
        }),
      );
      await rig.settle();
      const stored = await Promise.all(told.map((story) => storedOf(rig, story)));
      rig.note(
        `${told.length} ways to misbehave; ${stories.filter(({ ends }) => ends === "complete").length} read to the end all the same`,
      );
      return [...found, ...stored].flat();
    } finally {
      server.close();
      await sources.close();
    }
  },
};

interface Told extends Story {
  readonly account: string;
}
type Ended = NonNullable<Awaited<ReturnType<PulledSources["ended"]>>>;

function promisesOf(story: Told, { last, server }: { readonly last: Ended; readonly server: MisbehavingServer }): string[] {
  const broken: string[] = [];
  const say = (text: string): void => void broken.push(`${story.account}: ${text}`);
  if (last.outcome !== story.ends) say(`ended ${last.outcome} (${last.note}), not ${story.ends}`);
  if (story.says !== undefined && !story.says.test(last.note ?? "")) say(`says "${last.note}"`);
  const paths = [...server.times].filter(([path]) => path.startsWith(`/${story.account}/`));
  for (const [path, times] of paths) if (times.length > mostAttempts) say(`${path} was asked for ${times.length} times`);
  const third = server.times.get(`/${story.account}/3`) ?? [];
  const waited = (third[1] ?? 0) - (third[0] ?? 0);
  if (story.waitsMs !== undefined && waited < story.waitsMs) say(`came back after ${Math.round(waited)} ms`);
  if (story.nextMs !== undefined && Date.parse(last.nextRunAt) - Date.parse(last.at) < story.nextMs) say(`comes back at ${last.nextRunAt}`);
  return broken;
}

/** The new bot came with the first page; of the old ones three are missing exactly when the last page was seen. */
async function storedOf({ checker }: FaultRig, { account, ends }: Told): Promise<string[]> {
  const ours = "identity i join source s on s.workspace_id = i.workspace_id and s.id = i.source_id where s.account = $1";
  const added = await checker.count(`${ours} and i.ref = $2 and i.missing_since is null`, [account, refOf(account, 10)]);
  const missing = await checker.count(`${ours} and (i.missing_since is not null or i.gone_at is not null)`, [account]);
  const [wantAdded, wantMissing] = [ends === "failed" ? 0 : 1, ends === "complete" ? 3 : 0];
  return [
    ...(added === wantAdded ? [] : [`${account}: what the first page added is ${added === 1 ? "" : "not "}there`]),
    ...(missing === wantMissing ? [] : [`I4 ${account}: ${missing} count as missing, not ${wantMissing}`]),
  ];
}
