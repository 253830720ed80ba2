import { commonText } from "./common-text.ts";
import { resourceOfArn } from "./data-services.ts";
import type { NamedPolicy } from "./evaluate.ts";
import { globMatches, witnessOf } from "./glob.ts";
import type { PolicedResource } from "./resource-policy-edges.ts";
import { expandVariables } from "./variables.ts";
import type { PrincipalVariables } from "./variables.ts";

/** With more patterns than these, what two of them have in common is not looked for. */
const patternsPaired = 8;

/** The resource, and what lies in it as its own policy and others name it: by themselves, and by two of them together. */
export function objectsOf(
  { arn, service, policy }: PolicedResource,
  others: readonly NamedPolicy[],
  variables: PrincipalVariables,
): readonly string[] {
  if (service.hasInner !== true) return [arn];
  const named = [...others, ...(policy === null ? [] : [policy])].flatMap((each) => namesIn(each, variables));
  const patterns = new Set(
    named.flatMap((pattern) => {
      const parts = resourceOfArn(service, pattern);
      return parts !== null && parts.inner !== "" && globMatches(parts.resource, arn) ? [arn + parts.inner] : [];
    }),
  );
  const pairs = patterns.size > patternsPaired ? [] : [...patterns].flatMap((one) => [...patterns].map((two) => commonText(one, two)));
  const objects = [...[...patterns].map(witnessOf), ...pairs.filter((each) => each !== null)];
  return [...new Set([arn, `${arn}/any`, ...objects])];
}

/** What statements allow, and what they leave out of what they deny. */
const namesIn = ({ policy }: NamedPolicy, variables: PrincipalVariables): readonly string[] =>
  [...policy.allows.flatMap(({ resources }) => resources), ...policy.denies.flatMap(({ notResources }) => notResources ?? [])].map(
    (pattern) => expandVariables(pattern, variables),
  );
