export interface RepositoryName {
  readonly owner: string;
  readonly name: string;
  /** False when neither the path nor the sender says whose repository it is. */
  readonly isKnown: boolean;
}

const word = /^[A-Za-z0-9_.-]{1,100}$/;

/** `acme/shop` as the sender says it, else out of a path such as `acme/shop/.github/workflows/deploy.yml`. A workflow file does not name its repository. */
export function repositoryOf(path: string, hint: string | null): RepositoryName {
  const given = (hint ?? "")
    .trim()
    .replace(/^(?:https:\/\/github\.com\/|github:)/, "")
    .split("/");
  const folders = path.split(/[\\/]/).slice(0, -1);
  const at = folders.lastIndexOf(".github");
  const above = folders.slice(0, at === -1 ? folders.length : at).filter((folder) => word.test(folder) && folder !== "workflows");
  if (given.length === 2 && given.every((part) => word.test(part))) return { owner: given[0]!, name: given[1]!, isKnown: true };
  const [name, owner] = [above.at(-1), above.at(-2) ?? (given.length === 1 && word.test(given[0]!) ? given[0] : undefined)];
  if (name !== undefined && owner !== undefined) return { owner, name, isKnown: true };
  return { owner: owner ?? "unknown", name: name ?? "repository", isKnown: false };
}

export const repositoryRef = ({ owner, name }: RepositoryName): string => `github:${owner}/${name}`;
