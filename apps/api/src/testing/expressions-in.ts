import ts from "typescript";

/** `source` is null where it is put together of parts that could be anything. */
export interface FoundExpression {
  readonly source: string | null;
  readonly flags: string;
  readonly where: string;
}

const isConstruction = (node: ts.Node): node is ts.NewExpression | ts.CallExpression =>
  (ts.isNewExpression(node) || ts.isCallExpression(node)) && ts.isIdentifier(node.expression) && node.expression.text === "RegExp";

function constructed(node: ts.NewExpression | ts.CallExpression): Omit<FoundExpression, "where"> {
  const [pattern, flagsNode] = node.arguments ?? [];
  const flags = flagsNode !== undefined && ts.isStringLiteralLike(flagsNode) ? flagsNode.text : "";
  if (pattern === undefined) return { source: null, flags };
  if (ts.isStringLiteralLike(pattern)) return { source: pattern.text, flags };
  if (!ts.isTemplateExpression(pattern)) return { source: null, flags };
  const parts = [pattern.head.text, ...pattern.templateSpans.map((span) => span.literal.text)];
  const oneOfASet = parts.slice(1).every((after, index) => /\[\^?$/.test(parts[index]!) && after.startsWith("]"));
  return { source: oneOfASet ? parts.join("x") : null, flags };
}

/**
 * The regular expressions of a file, literal or put together at run time. A part that is one of a set of characters (`[${letters}]`) stands as a
 * letter: it cannot change how long matching takes.
 */
export function expressionsIn(path: string, text: string): readonly FoundExpression[] {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true, path.endsWith("x") ? ts.ScriptKind.TSX : ts.ScriptKind.TS);
  const found: FoundExpression[] = [];
  const visit = (node: ts.Node): void => {
    const { line } = file.getLineAndCharacterOfPosition(node.getStart(file));
    const where = `${path}:${line + 1}`;
    if (node.kind === ts.SyntaxKind.RegularExpressionLiteral) {
      const literal = node.getText(file);
      const end = literal.lastIndexOf("/");
      found.push({ source: literal.slice(1, end), flags: literal.slice(end + 1), where });
    } else if (isConstruction(node)) found.push({ ...constructed(node), where });
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}
