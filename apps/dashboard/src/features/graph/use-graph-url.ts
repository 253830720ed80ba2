"use client";

import { parseAsArrayOf, parseAsInteger, parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";

const parsers = {
  /** Key of the node, or the id of its inventory row. */
  node: parseAsString,
  view: parseAsStringLiteral(["out", "in"] as const).withDefault("out"),
  /** Key of the node whose route is shown. */
  to: parseAsString,
  route: parseAsInteger.withDefault(0),
  /** Group whose members are listed. */
  group: parseAsString,
  open: parseAsArrayOf(parseAsString, "~").withDefault([]),
  plan: parseAsString.withDefault(""),
};

export type GraphUrl = ReturnType<typeof useGraphUrl>["url"];
export type SetGraphUrl = ReturnType<typeof useGraphUrl>["setUrl"];

/** Everything a shared link has to bring back. */
export function useGraphUrl() {
  const [url, setUrl] = useQueryStates(parsers, { history: "push", scroll: false });
  return { url, setUrl };
}
