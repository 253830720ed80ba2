import { wellKnownRoles } from "../well-known-roles.ts";
import type { RbacRule } from "../well-known-roles.ts";

const read = ["get", "list", "watch"];

/**
 * What the access policies of EKS allow, as the EKS user guide lists it, shortened to what matters for reach. Those for people follow the
 * user-facing cluster roles; policies for services of AWS are not here.
 */
const policies: Readonly<Record<string, readonly RbacRule[]>> = {
  AmazonEKSClusterAdminPolicy: wellKnownRoles["cluster-admin"]!,
  AmazonEKSAdminPolicy: wellKnownRoles["admin"]!,
  AmazonEKSEditPolicy: wellKnownRoles["edit"]!,
  AmazonEKSViewPolicy: wellKnownRoles["view"]!,
  AmazonEKSAdminViewPolicy: [{ apiGroups: ["*"], resources: ["*"], verbs: read }],
  AmazonEKSSecretReaderPolicy: [{ apiGroups: [""], resources: ["secrets"], verbs: read }],
};

export const accessPolicyRules = (name: string): readonly RbacRule[] | undefined =>
  Object.hasOwn(policies, name) ? policies[name] : undefined;
