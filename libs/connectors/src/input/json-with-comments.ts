import { createScanner } from "jsonc-parser";

/** JSON as editors keep it, made strict: comments and commas before a closing bracket are taken out. What is wrong with the rest stays wrong. */
export function withoutComments(text: string): string {
  const json = text.replace(/^\uFEFF/, "");
  const scanner = createScanner(json, true);
  const parts: string[] = [];
  let awaitsMore = false;
  // The end is the only token without a length.
  for (scanner.scan(); scanner.getTokenLength() > 0; scanner.scan()) {
    const token = json.slice(scanner.getTokenOffset(), scanner.getTokenOffset() + scanner.getTokenLength());
    if (awaitsMore && token !== "}" && token !== "]") parts.push(",");
    awaitsMore = token === ",";
    if (!awaitsMore) parts.push(token);
  }
  return parts.join("");
}
