/** JSON as editors keep it: comments and commas before a closing bracket are taken out, text inside strings stays. */
export function withoutComments(text: string): string {
  let out = "";
  for (let at = 0; at < text.length; at += 1) {
    const each = text[at]!;
    if (each === '"') {
      const end = endOfString(text, at);
      out += text.slice(at, end);
      at = end - 1;
    } else if (each === "/" && text[at + 1] === "/") {
      const end = text.indexOf("\n", at);
      at = end === -1 ? text.length : end - 1;
    } else if (each === "/" && text[at + 1] === "*") {
      const end = text.indexOf("*/", at + 2);
      at = end === -1 ? text.length : end + 1;
    } else if (each === "}" || each === "]") out = `${out.trimEnd().replace(/,$/, "")}${each}`;
    else out += each;
  }
  return out;
}

/** Behind the closing quote. */
function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at += 1) {
    if (text[at] === "\\") at += 1;
    else if (text[at] === '"') return at + 1;
  }
  return text.length;
}
