/** What is wrong with how a text of a policy writes variables, `${name}` or `${name, 'default'}`; null when nothing is. */
export function variableProblem(text: string): string | null {
  for (let at = text.indexOf("${"); at !== -1; at = text.indexOf("${", at)) {
    const end = text.indexOf("}", at);
    if (end === -1) return `a variable in "${text}" has no closing brace`;
    const problem = insideProblem(text.slice(at + 2, end));
    if (problem !== null) return `${text.slice(at, end + 1)} ${problem}`;
    at = end;
  }
  return null;
}

function insideProblem(inside: string): string | null {
  if (inside === "*" || inside === "?" || inside === "$") return null;
  const comma = inside.indexOf(",");
  const name = comma === -1 ? inside : inside.slice(0, comma);
  if (name === "") return "names no key";
  if (/[\s${*?]/.test(name)) return "has a sign that the name of a key has not";
  if (comma === -1) return null;
  const fallback = inside.slice(comma + 1).trim();
  const isQuoted = fallback.length > 1 && fallback.startsWith("'") && fallback.endsWith("'") && !fallback.slice(1, -1).includes("'");
  return isQuoted ? null : "has a default that is not in single quotes";
}
