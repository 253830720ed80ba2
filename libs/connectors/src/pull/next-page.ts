import type { CursorPaging } from "@rollcall/posture-pipeline";
import { fieldAt } from "./field-at.ts";
import type { Page } from "./read-page.ts";

/** Address of the page after this one; null after the last. `elsewhere`: it is at another origin, and the credential is for this one. */
export function nextPage(page: Page, current: string, paging: CursorPaging | null): URL | "elsewhere" | null {
  const target = page.form === "whole" ? null : (linkOf(page) ?? cursorOf(page, current, paging));
  if (target === null || !URL.canParse(target, current)) return null;
  const url = new URL(target, current);
  return url.origin === new URL(current).origin ? url : "elsewhere";
}

/** RFC 8288. */
function linkOf({ headers }: Page): string | null {
  const link = [headers["link"] ?? ""].flat().join(", ").slice(0, 8_192);
  for (const part of link.split(/,(?=\s{0,8}<)/)) {
    const target = /^\s{0,8}<([^<>]{1,4096})>/.exec(part)?.[1];
    if (target !== undefined && /;\s{0,8}rel="?next"?/i.test(part)) return target;
  }
  return null;
}

function cursorOf({ envelope }: Page, current: string, paging: CursorPaging | null): string | null {
  if (paging === null) return null;
  const cursor = fieldAt(envelope, paging.cursorField);
  if ((typeof cursor !== "string" && typeof cursor !== "number") || cursor === "") return null;
  if (typeof cursor === "string" && /^(?:https?:\/\/|\/)/.test(cursor)) return cursor;
  const url = new URL(current);
  url.searchParams.set(paging.cursorParameter, String(cursor));
  return url.href;
}
