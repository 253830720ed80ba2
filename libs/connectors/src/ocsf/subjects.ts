import type { OcsfFinding } from "./finding.ts";

export interface Subject {
  /** The tool's id of it: an ARN, a key id, a resource id. */
  readonly ref: string;
  readonly name: string;
}

const mostSubjects = 50;
type Resource = NonNullable<OcsfFinding["resource"]>;
type User = NonNullable<OcsfFinding["user"]>;

/** What a finding is about, in the order in which the classes rank it: the analysed principal, its credential, who acted, then everything named as a resource. */
export function subjectsOf(finding: OcsfFinding): readonly Subject[] {
  const found: (Subject | undefined)[] = [
    ...ofUser(finding.user),
    credential(finding.identity_activity_metrics?.credential_uid),
    ...(finding.access_analysis_result?.accessors ?? []).flatMap((one) => ofUser(one ?? undefined)),
    ...ofUser(finding.actor?.user),
    ...(finding.evidences ?? []).flatMap((one) => ofUser(one?.actor?.user)),
    ...[finding.resource, ...(finding.resources ?? []), finding.application].map((one) => ofResource(one ?? undefined)),
  ];
  const byRef = new Map<string, Subject>();
  for (const subject of found) if (subject !== undefined && !byRef.has(subject.ref)) byRef.set(subject.ref, subject);
  return [...byRef.values()].slice(0, mostSubjects);
}

function ofUser(user: User | undefined): readonly (Subject | undefined)[] {
  if (user === undefined) return [];
  const ref = user.uid ?? user.uid_alt ?? user.name;
  return [ref === undefined ? undefined : { ref, name: user.name ?? ref }, credential(user.credential_uid)];
}

function ofResource(resource: Resource | undefined): Subject | undefined {
  const ref = resource?.uid ?? resource?.name;
  return ref === undefined ? undefined : { ref, name: resource?.name ?? ref };
}

const credential = (uid: string | undefined): Subject | undefined => (uid === undefined ? undefined : { ref: uid, name: uid });
