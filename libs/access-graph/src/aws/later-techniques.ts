import { at, existing, passRole } from "./take-over-technique.ts";
import type { TakeOverTechnique } from "./take-over-technique.ts";

const containers = "ecs-tasks.amazonaws.com";
const agents = "bedrock-agentcore.amazonaws.com";
const machines = "ec2.amazonaws.com";
const fleet = ["gamelift:CreateBuild", "gamelift:CreateFleet", "gamelift:RequestUploadCredentials"];

/** The role of a job is one of containers, or of Batch itself; which of both is asked about when it is passed depends on the platform. */
const batchJobs = (id: string, ...onAnything: string[]): TakeOverTechnique[] =>
  [containers, "batch.amazonaws.com"].flatMap((service) =>
    [containers, "batch.amazonaws.com"].map((passedTo) => ({
      ...passRole(id, service, ...onAnything),
      ...(passedTo === service ? {} : { passedTo }),
    })),
  );

/** Techniques that became known after the snapshot of the catalogue was taken; ids are its later ones. */
export const laterTechniques: readonly TakeOverTechnique[] = [
  ...batchJobs("batch-001", "batch:RegisterJobDefinition", "batch:SubmitJob").map((technique) => ({
    ...technique,
    needs: "a Batch job queue exists",
  })),
  ...[containers, "batch.amazonaws.com"].map((service) =>
    existing(
      "batch-002",
      service,
      [
        "a Batch job definition uses this role and a job queue exists",
        at("batch", "job-definition/", { stillNeeds: "a job queue exists" }),
      ],
      "batch:SubmitJob",
    ),
  ),
  ...batchJobs("batch-003", "batch:CreateComputeEnvironment", "batch:CreateJobQueue", "batch:RegisterJobDefinition", "batch:SubmitJob"),
  passRole(
    "bedrock-003",
    agents,
    "bedrock-agentcore:CreateAgentRuntime",
    "bedrock-agentcore:CreateAgentRuntimeEndpoint",
    "bedrock-agentcore:CreateWorkloadIdentity",
    "bedrock-agentcore:InvokeAgentRuntimeCommand",
  ),
  existing(
    "bedrock-004",
    agents,
    [
      "an agent runtime that takes IAM sign-in runs with this role",
      at("bedrock-agentcore", "runtime/", { stillNeeds: "it takes IAM sign-in" }),
    ],
    "bedrock-agentcore:InvokeAgentRuntimeCommand",
  ),
  passRole(
    "bedrock-005",
    agents,
    "bedrock-agentcore:CreateHarness",
    "bedrock-agentcore:CreateAgentRuntime",
    "bedrock-agentcore:CreateAgentRuntimeEndpoint",
    "bedrock-agentcore:CreateWorkloadIdentity",
    "bedrock-agentcore:GetAgentRuntime",
    "bedrock-agentcore:GetHarness",
    "bedrock-agentcore:InvokeAgentRuntimeCommand",
  ),
  passRole(
    "bedrock-006",
    agents,
    "bedrock-agentcore:CreateBrowser",
    "bedrock-agentcore:StartBrowserSession",
    "bedrock-agentcore:ConnectBrowserAutomationStream",
  ),
  existing(
    "bedrock-007",
    agents,
    ["a browser runs with this role", at("bedrock-agentcore", "browser-custom/")],
    "bedrock-agentcore:StartBrowserSession",
    "bedrock-agentcore:ConnectBrowserAutomationStream",
  ),
  passRole("braket-001", "braket.amazonaws.com", "braket:CreateJob"),
  // A deployment group names its machines by tag: the export cannot say which ones.
  {
    id: "codedeploy-001",
    edge: "CAN_CONTROL_COMPUTE",
    target: `service:${machines}`,
    onTarget: [],
    onAnything: ["codedeploy:CreateDeployment", "codedeploy:RegisterApplicationRevision", "codedeploy:GetDeploymentConfig"],
    needs: "an instance that runs with this role belongs to a deployment group",
  },
  {
    ...passRole("cognitoidentity-001", "cognito-identity.amazonaws.com", "cognito-identity:SetIdentityPoolRoles"),
    // Its guests come with a token of the pool, so that the role trusts the pools as an identity provider.
    target: "federated:cognito-identity.amazonaws.com",
    passedTo: "cognito-identity.amazonaws.com",
    needs: "an identity pool that admits guests exists",
  },
  {
    ...passRole("emr-001", machines, "elasticmapreduce:RunJobFlow"),
    needs: "a service role for EMR exists that may be passed too",
  },
  passRole("emrserverless-001", "emr-serverless.amazonaws.com", "emr-serverless:CreateApplication", "emr-serverless:StartJobRun"),
  passRole("gamelift-001", "gamelift.amazonaws.com", ...fleet),
  {
    ...passRole("gamelift-001", machines, ...fleet),
    passedTo: "gamelift.amazonaws.com",
    needs: "fleets of the account take a role that trusts machines only",
  },
  ...[machines, "imagebuilder.amazonaws.com"].map((passedTo) => ({
    ...passRole(
      "imagebuilder-001",
      machines,
      "imagebuilder:CreateComponent",
      "imagebuilder:CreateImageRecipe",
      "imagebuilder:CreateInfrastructureConfiguration",
      "imagebuilder:CreateImage",
    ),
    ...(passedTo === machines ? {} : { passedTo }),
  })),
  passRole(
    "kinesisanalytics-001",
    "kinesisanalytics.amazonaws.com",
    "kinesisanalytics:CreateApplication",
    "kinesisanalytics:StartApplication",
  ),
  passRole("omics-001", "omics.amazonaws.com", "omics:CreateWorkflow", "omics:StartRun", "s3:GetObject"),
  passRole("ssm-003", "ssm.amazonaws.com", "ssm:CreateDocument", "ssm:StartAutomationExecution"),
];
