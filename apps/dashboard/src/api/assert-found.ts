import { headers } from "next/headers";
import { notFound } from "next/navigation";

const LIMIT_MS = 3_000;
/** What the API answers for an id that it does not know, and for one that cannot be an id. */
const ABSENT = new Set([400, 404]);

type Asked = "identities.get" | "findings.rule" | "frameworks.get" | "ingestions.get" | "tasks.get";

/**
 * Gives the address of something that is not there the status that says so. Asked only when the browser loads a document: moving on within
 * the pages asks the API once, from the page. When in doubt, the page itself finds out.
 */
export async function assertFound(procedure: Asked, input: Readonly<Record<string, string>>): Promise<void> {
  const origin = process.env.API_ORIGIN;
  const request = await headers();
  if (!origin || request.get("sec-fetch-dest") === "empty") return;
  const url = `${origin}/trpc/${procedure}?input=${encodeURIComponent(JSON.stringify(input))}`;
  const status = await fetch(url, {
    headers: { cookie: request.get("cookie") ?? "" },
    cache: "no-store",
    signal: AbortSignal.timeout(LIMIT_MS),
  }).then(
    async (answer) => {
      await answer.body?.cancel();
      return answer.status;
    },
    () => null,
  );
  if (status !== null && ABSENT.has(status)) notFound();
}
