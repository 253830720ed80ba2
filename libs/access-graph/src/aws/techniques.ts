import type { EdgeKind } from "../types.ts";

/** Which principals a technique is aimed at. `service:<principal>` = roles that trust the service. */
export type TechniqueTarget = "users" | "usersWithPassword" | "usersWithoutPassword" | "roles" | `service:${string}`;

/** A way to become another principal: the actions needed on it, and those needed on anything at all. */
export interface TakeOverTechnique {
  /** Id in the pathfinding.cloud catalogue, or of its lab scenarios where the catalogue has none yet. */
  readonly id: string;
  readonly edge: EdgeKind;
  readonly target: TechniqueTarget;
  readonly onTarget: readonly string[];
  /** Needed on some resource of the caller's choosing. */
  readonly onAnything: readonly string[];
  /** What must exist already for it to work, in words: makes the edge conditional. */
  readonly needs?: string;
}

const mint = (id: string, target: TechniqueTarget, ...onTarget: string[]): TakeOverTechnique => ({
  id,
  edge: "CAN_MINT_CREDENTIAL",
  target,
  onTarget,
  onAnything: [],
});
const passRole = (id: string, service: string, ...onAnything: string[]): TakeOverTechnique => ({
  id,
  edge: "CAN_PASS_AND_RUN",
  target: `service:${service}`,
  onTarget: ["iam:PassRole"],
  onAnything,
});
const existing = (id: string, service: string, needs: string, ...onAnything: string[]): TakeOverTechnique => ({
  id,
  edge: "CAN_CONTROL_COMPUTE",
  target: `service:${service}`,
  onTarget: [],
  onAnything,
  needs,
});

/** Required permissions per technique are facts of the catalogue. Roles of `existing` ones need something that already runs as them. */
export const takeOverTechniques: readonly TakeOverTechnique[] = [
  mint("iam-002", "users", "iam:CreateAccessKey"),
  mint("iam-003", "users", "iam:CreateAccessKey", "iam:DeleteAccessKey"),
  mint("iam-004", "usersWithoutPassword", "iam:CreateLoginProfile"),
  mint("iam-006", "usersWithPassword", "iam:UpdateLoginProfile"),
  { id: "iam-012", edge: "CAN_MODIFY_TRUST", target: "roles", onTarget: ["iam:UpdateAssumeRolePolicy"], onAnything: [] },
  passRole("apprunner-001", "tasks.apprunner.amazonaws.com", "apprunner:CreateService"),
  passRole(
    "bedrock-001",
    "bedrock-agentcore.amazonaws.com",
    "bedrock-agentcore:CreateCodeInterpreter",
    "bedrock-agentcore:StartCodeInterpreterSession",
    "bedrock-agentcore:InvokeCodeInterpreter",
  ),
  passRole("cloudformation-001", "cloudformation.amazonaws.com", "cloudformation:CreateStack"),
  passRole("cloudformation-003", "cloudformation.amazonaws.com", "cloudformation:CreateStackSet", "cloudformation:CreateStackInstances"),
  { ...passRole("cloudformation-004", "cloudformation.amazonaws.com", "cloudformation:UpdateStackSet"), needs: "a stack set exists" },
  existing("cloudformation-002", "cloudformation.amazonaws.com", "a stack runs with this role", "cloudformation:UpdateStack"),
  existing(
    "cloudformation-005",
    "cloudformation.amazonaws.com",
    "a stack runs with this role",
    "cloudformation:CreateChangeSet",
    "cloudformation:ExecuteChangeSet",
  ),
  passRole("codebuild-001", "codebuild.amazonaws.com", "codebuild:CreateProject", "codebuild:StartBuild"),
  passRole("codebuild-004", "codebuild.amazonaws.com", "codebuild:CreateProject", "codebuild:StartBuildBatch"),
  existing("codebuild-002", "codebuild.amazonaws.com", "a build project uses this role", "codebuild:StartBuild"),
  existing("codebuild-003", "codebuild.amazonaws.com", "a build project uses this role", "codebuild:StartBuildBatch"),
  passRole(
    "datapipeline-001",
    "datapipeline.amazonaws.com",
    "datapipeline:CreatePipeline",
    "datapipeline:PutPipelineDefinition",
    "datapipeline:ActivatePipeline",
  ),
  passRole("ec2-001", "ec2.amazonaws.com", "ec2:RunInstances"),
  passRole("ec2-003", "ec2.amazonaws.com", "ec2:RequestSpotInstances"),
  existing(
    "ec2-002",
    "ec2.amazonaws.com",
    "an instance runs with this role",
    "ec2:ModifyInstanceAttribute",
    "ec2:StopInstances",
    "ec2:StartInstances",
  ),
  existing(
    "ec2-004",
    "ec2.amazonaws.com",
    "a launch template uses this role",
    "ec2:CreateLaunchTemplateVersion",
    "ec2:ModifyLaunchTemplate",
  ),
  existing("ec2instanceconnect-003", "ec2.amazonaws.com", "an instance runs with this role", "ec2-instance-connect:SendSSHPublicKey"),
  existing("ssm-001", "ec2.amazonaws.com", "an instance runs with this role", "ssm:StartSession"),
  existing("ssm-002", "ec2.amazonaws.com", "an instance runs with this role", "ssm:SendCommand"),
  passRole("ecs-001", "ecs-tasks.amazonaws.com", "ecs:CreateCluster", "ecs:RegisterTaskDefinition", "ecs:CreateService"),
  passRole("ecs-002", "ecs-tasks.amazonaws.com", "ecs:CreateCluster", "ecs:RegisterTaskDefinition", "ecs:RunTask"),
  passRole("ecs-003", "ecs-tasks.amazonaws.com", "ecs:RegisterTaskDefinition", "ecs:CreateService"),
  passRole("ecs-004", "ecs-tasks.amazonaws.com", "ecs:RegisterTaskDefinition", "ecs:RunTask"),
  passRole("ecs-005", "ecs-tasks.amazonaws.com", "ecs:RegisterTaskDefinition", "ecs:StartTask"),
  // A started task may override the role of an existing task definition.
  {
    ...passRole("ecs-007", "ecs-tasks.amazonaws.com", "ecs:StartTask", "ecs:RegisterContainerInstance"),
    needs: "an ECS task definition exists",
  },
  { ...passRole("ecs-009", "ecs-tasks.amazonaws.com", "ecs:StartTask"), needs: "an ECS task definition and a container instance exist" },
  passRole("glue-007", "glue.amazonaws.com", "glue:CreateSession", "glue:RunStatement"),
  passRole("glue-001", "glue.amazonaws.com", "glue:CreateDevEndpoint"),
  passRole("glue-003", "glue.amazonaws.com", "glue:CreateJob", "glue:StartJobRun"),
  passRole("glue-004", "glue.amazonaws.com", "glue:CreateJob", "glue:CreateTrigger"),
  { ...passRole("glue-005", "glue.amazonaws.com", "glue:UpdateJob", "glue:StartJobRun"), needs: "a Glue job exists" },
  { ...passRole("glue-006", "glue.amazonaws.com", "glue:UpdateJob", "glue:CreateTrigger"), needs: "a Glue job exists" },
  existing("glue-002", "glue.amazonaws.com", "a development endpoint runs with this role", "glue:UpdateDevEndpoint"),
  passRole("lambda-001", "lambda.amazonaws.com", "lambda:CreateFunction", "lambda:InvokeFunction"),
  passRole("lambda-002", "lambda.amazonaws.com", "lambda:CreateFunction", "lambda:CreateEventSourceMapping"),
  passRole("lambda-006", "lambda.amazonaws.com", "lambda:CreateFunction", "lambda:AddPermission"),
  existing("lambda-003", "lambda.amazonaws.com", "a function runs with this role and is called", "lambda:UpdateFunctionCode"),
  existing("lambda-004", "lambda.amazonaws.com", "a function runs with this role", "lambda:UpdateFunctionCode", "lambda:InvokeFunction"),
  existing("lambda-005", "lambda.amazonaws.com", "a function runs with this role", "lambda:UpdateFunctionCode", "lambda:AddPermission"),
  passRole("sagemaker-001", "sagemaker.amazonaws.com", "sagemaker:CreateNotebookInstance"),
  passRole("sagemaker-002", "sagemaker.amazonaws.com", "sagemaker:CreateTrainingJob"),
  passRole("sagemaker-003", "sagemaker.amazonaws.com", "sagemaker:CreateProcessingJob"),
  existing("sagemaker-004", "sagemaker.amazonaws.com", "a notebook runs with this role", "sagemaker:CreatePresignedNotebookInstanceUrl"),
  existing(
    "sagemaker-005",
    "sagemaker.amazonaws.com",
    "a notebook runs with this role",
    "sagemaker:CreateNotebookInstanceLifecycleConfig",
    "sagemaker:StopNotebookInstance",
    "sagemaker:UpdateNotebookInstance",
    "sagemaker:StartNotebookInstance",
  ),
  existing("apprunner-002", "tasks.apprunner.amazonaws.com", "a service runs with this role", "apprunner:UpdateService"),
  existing(
    "bedrock-002",
    "bedrock-agentcore.amazonaws.com",
    "a code interpreter runs with this role",
    "bedrock-agentcore:StartCodeInterpreterSession",
    "bedrock-agentcore:InvokeCodeInterpreter",
  ),
];

/** What a principal must be able to change about itself, its groups or its policies to become administrator. */
export interface SelfTechnique {
  readonly id: string;
  readonly action: string;
  readonly on: "self" | "ownGroup" | "ownPolicy" | "anyGroup";
  readonly principal: "user" | "role" | "any";
}

export const selfTechniques: readonly SelfTechnique[] = [
  { id: "iam-001", action: "iam:CreatePolicyVersion", on: "ownPolicy", principal: "any" },
  { id: "iam-005", action: "iam:PutRolePolicy", on: "self", principal: "role" },
  { id: "iam-007", action: "iam:PutUserPolicy", on: "self", principal: "user" },
  { id: "iam-008", action: "iam:AttachUserPolicy", on: "self", principal: "user" },
  { id: "iam-009", action: "iam:AttachRolePolicy", on: "self", principal: "role" },
  { id: "iam-010", action: "iam:AttachGroupPolicy", on: "ownGroup", principal: "user" },
  { id: "iam-011", action: "iam:PutGroupPolicy", on: "ownGroup", principal: "user" },
  { id: "iam-013", action: "iam:AddUserToGroup", on: "anyGroup", principal: "user" },
];

/** Make another principal administrator, then become it. All actions on the same target, except those on its policy. */
export interface ProxyTechnique {
  readonly id: string;
  readonly target: "users" | "roles";
  readonly onTarget: readonly string[];
  /** The target must already let the caller in. */
  readonly mustBeAssumable: boolean;
  /** Needed on a customer-managed policy attached to the target. */
  readonly onItsPolicy: string | null;
}

export const proxyTechniques: readonly ProxyTechnique[] = [
  { id: "iam-014", target: "roles", onTarget: ["iam:AttachRolePolicy"], mustBeAssumable: true, onItsPolicy: null },
  { id: "iam-015", target: "users", onTarget: ["iam:AttachUserPolicy", "iam:CreateAccessKey"], mustBeAssumable: false, onItsPolicy: null },
  { id: "iam-016", target: "roles", onTarget: [], mustBeAssumable: true, onItsPolicy: "iam:CreatePolicyVersion" },
  { id: "iam-017", target: "roles", onTarget: ["iam:PutRolePolicy"], mustBeAssumable: true, onItsPolicy: null },
  { id: "iam-018", target: "users", onTarget: ["iam:PutUserPolicy", "iam:CreateAccessKey"], mustBeAssumable: false, onItsPolicy: null },
  {
    id: "iam-019",
    target: "roles",
    onTarget: ["iam:AttachRolePolicy", "iam:UpdateAssumeRolePolicy"],
    mustBeAssumable: false,
    onItsPolicy: null,
  },
  {
    id: "iam-020",
    target: "roles",
    onTarget: ["iam:UpdateAssumeRolePolicy"],
    mustBeAssumable: false,
    onItsPolicy: "iam:CreatePolicyVersion",
  },
  {
    id: "iam-021",
    target: "roles",
    onTarget: ["iam:PutRolePolicy", "iam:UpdateAssumeRolePolicy"],
    mustBeAssumable: false,
    onItsPolicy: null,
  },
];

/** Catalogue ids the AWS builder turns into edges, sorted. */
export const modelledTechniques: readonly string[] = [...takeOverTechniques, ...selfTechniques, ...proxyTechniques, { id: "sts-001" }]
  .map((technique) => technique.id)
  .sort();
