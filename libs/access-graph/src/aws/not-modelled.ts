/** Published ways to gain access in AWS that give no edge, with the reason. */
export const notModelled: readonly { readonly id: string; readonly reason: string }[] = [
  {
    id: "identity-center",
    reason:
      "sso:CreateAccountAssignment, sso:PutInlinePolicyToPermissionSet, sso:AttachManagedPolicyToPermissionSet and identitystore:CreateGroupMembership hand out permission sets of IAM Identity Center: these and their assignments are in no import, only the roles made from them",
  },
  {
    id: "boundary-version",
    reason:
      "iam:SetDefaultPolicyVersion on the policy that is somebody's own permissions boundary: only versions of policies that grant something are followed",
  },
  {
    id: "change-then-pass",
    reason:
      "iam:PutRolePolicy, iam:AttachRolePolicy or iam:CreatePolicyVersion on a role that is then passed to a service or entered through a third principal, and a group changed to use the key of one of its members: making somebody administrator is followed only to roles that let the caller in or whose trust it may rewrite, and to users it may make a key for and whose own permissions it changes",
  },
  {
    id: "codestar",
    reason: "codestar:CreateProject and codestar:CreateProjectFromTemplate: AWS ended the service in July 2024",
  },
  {
    id: "service-credentials",
    reason:
      "iam:CreateServiceSpecificCredential, iam:ResetServiceSpecificCredential and iam:UploadSSHPublicKey make credentials of another user for single services, such as CodeCommit: no edge says in part who one becomes",
  },
  {
    id: "mfa-devices",
    reason:
      "iam:CreateVirtualMFADevice, iam:EnableMFADevice and iam:DeactivateMFADevice let somebody meet or take away the second factor that a permission asks for: what asks for one is conditional as it is",
  },
  {
    id: "vpc-endpoint-policies",
    reason:
      "policies of VPC endpoints: no import has them, nor which requests go through an endpoint; access that only they would deny is shown as possible",
  },
  {
    id: "kms-grants",
    reason: "grants of KMS keys (kms:CreateGrant): no import lists them, and what they give is not shown",
  },
];
