import { laterTechniques } from "./later-techniques.ts";
import { ownTechniques } from "./own-techniques.ts";
import { at, existing, mint, passRole } from "./take-over-technique.ts";
import type { ComputeTarget, TakeOverTechnique } from "./take-over-technique.ts";

const pipeline = (service: string): TakeOverTechnique =>
  passRole(
    "datapipeline-001",
    service,
    "datapipeline:CreatePipeline",
    "datapipeline:PutPipelineDefinition",
    "datapipeline:ActivatePipeline",
  );
const stack = ["a stack runs with this role", at("cloudformation", "stack/")] as const;
const buildProject = ["a build project uses this role", at("codebuild", "project/")] as const;
const lambdaFunction = at("lambda", "function:");
const machine = (stillNeeds?: string): readonly [string, ComputeTarget] => [
  `an instance runs with this role${stillNeeds === undefined ? "" : ` and ${stillNeeds}`}`,
  at("ec2", "instance/", stillNeeds === undefined ? {} : { stillNeeds }),
];
const notebook = "a notebook runs with this role";

/** Required permissions per technique are facts of the catalogue. Roles of `existing` ones need something that already runs as them. */
export const takeOverTechniques: readonly TakeOverTechnique[] = [
  mint("iam-002", "usersWithKeyRoom", "iam:CreateAccessKey"),
  mint("iam-003", "users", "iam:CreateAccessKey", "iam:DeleteAccessKey"),
  mint("iam-004", "usersWithoutPassword", "iam:CreateLoginProfile"),
  mint("iam-006", "usersWithPassword", "iam:UpdateLoginProfile"),
  { id: "iam-012", edge: "CAN_MODIFY_TRUST", target: "roles", onTarget: ["iam:UpdateAssumeRolePolicy"], onAnything: [] },
  // Both names are in use for whom the role is passed to.
  passRole("apprunner-001", "tasks.apprunner.amazonaws.com", "apprunner:CreateService"),
  { ...passRole("apprunner-001", "tasks.apprunner.amazonaws.com", "apprunner:CreateService"), passedTo: "apprunner.amazonaws.com" },
  passRole(
    "bedrock-001",
    "bedrock-agentcore.amazonaws.com",
    "bedrock-agentcore:CreateCodeInterpreter",
    "bedrock-agentcore:StartCodeInterpreterSession",
    "bedrock-agentcore:InvokeCodeInterpreter",
  ),
  passRole("cloudformation-001", "cloudformation.amazonaws.com", "cloudformation:CreateStack"),
  {
    ...passRole(
      "cloudformation-003",
      "cloudformation.amazonaws.com",
      "cloudformation:CreateStackSet",
      "cloudformation:CreateStackInstances",
    ),
    needs: "the passed role may assume an execution role for stack sets",
  },
  { ...passRole("cloudformation-004", "cloudformation.amazonaws.com", "cloudformation:UpdateStackSet"), needs: "a stack set exists" },
  existing("cloudformation-002", "cloudformation.amazonaws.com", stack, "cloudformation:UpdateStack"),
  existing(
    "cloudformation-005",
    "cloudformation.amazonaws.com",
    stack,
    "cloudformation:CreateChangeSet",
    "cloudformation:ExecuteChangeSet",
  ),
  passRole("codebuild-001", "codebuild.amazonaws.com", "codebuild:CreateProject", "codebuild:StartBuild"),
  passRole("codebuild-004", "codebuild.amazonaws.com", "codebuild:CreateProject", "codebuild:StartBuildBatch"),
  existing("codebuild-002", "codebuild.amazonaws.com", buildProject, "codebuild:StartBuild"),
  existing("codebuild-003", "codebuild.amazonaws.com", buildProject, "codebuild:StartBuildBatch"),
  // Pipelines run either as themselves or on a cluster that they start.
  pipeline("datapipeline.amazonaws.com"),
  pipeline("elasticmapreduce.amazonaws.com"),
  { ...pipeline("elasticmapreduce.amazonaws.com"), passedTo: "datapipeline.amazonaws.com" },
  passRole("ec2-001", "ec2.amazonaws.com", "ec2:RunInstances"),
  passRole("ec2-003", "ec2.amazonaws.com", "ec2:RequestSpotInstances"),
  existing("ec2-002", "ec2.amazonaws.com", machine(), "ec2:ModifyInstanceAttribute", "ec2:StopInstances", "ec2:StartInstances"),
  existing(
    "ec2-004",
    "ec2.amazonaws.com",
    [
      "a launch template uses this role and something launches from it",
      at("ec2", "launch-template/", { stillNeeds: "something launches from it" }),
    ],
    "ec2:CreateLaunchTemplateVersion",
    "ec2:ModifyLaunchTemplate",
  ),
  existing("ec2instanceconnect-003", "ec2.amazonaws.com", machine("takes SSH connections"), "ec2-instance-connect:SendSSHPublicKey"),
  existing("ssm-001", "ec2.amazonaws.com", machine("runs the Systems Manager agent"), "ssm:StartSession"),
  existing("ssm-002", "ec2.amazonaws.com", machine("runs the Systems Manager agent"), "ssm:SendCommand"),
  passRole("ecs-001", "ecs-tasks.amazonaws.com", "ecs:CreateCluster", "ecs:RegisterTaskDefinition", "ecs:CreateService"),
  passRole("ecs-002", "ecs-tasks.amazonaws.com", "ecs:CreateCluster", "ecs:RegisterTaskDefinition", "ecs:RunTask"),
  { ...passRole("ecs-003", "ecs-tasks.amazonaws.com", "ecs:RegisterTaskDefinition", "ecs:CreateService"), needs: "an ECS cluster exists" },
  { ...passRole("ecs-004", "ecs-tasks.amazonaws.com", "ecs:RegisterTaskDefinition", "ecs:RunTask"), needs: "an ECS cluster exists" },
  {
    ...passRole("ecs-005", "ecs-tasks.amazonaws.com", "ecs:RegisterTaskDefinition", "ecs:StartTask"),
    needs: "an ECS cluster with a container instance exists",
  },
  existing(
    "ecs-006",
    "ecs-tasks.amazonaws.com",
    ["a task with command execution turned on runs with this role", at("ecs", "task/", { stillNeeds: "command execution is turned on" })],
    "ecs:ExecuteCommand",
    "ecs:DescribeTasks",
  ),
  { ...passRole("ecs-008", "ecs-tasks.amazonaws.com", "ecs:RunTask"), needs: "an ECS task definition and a cluster exist" },
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
  existing(
    "glue-002",
    "glue.amazonaws.com",
    ["a development endpoint runs with this role", at("glue", "devEndpoint/")],
    "glue:UpdateDevEndpoint",
  ),
  passRole("lambda-001", "lambda.amazonaws.com", "lambda:CreateFunction", "lambda:InvokeFunction"),
  {
    ...passRole("lambda-002", "lambda.amazonaws.com", "lambda:CreateFunction", "lambda:CreateEventSourceMapping"),
    needs: "an event source exists that this role may read",
  },
  passRole("lambda-006", "lambda.amazonaws.com", "lambda:CreateFunction", "lambda:AddPermission"),
  existing(
    "lambda-003",
    "lambda.amazonaws.com",
    ["a function runs with this role and is called", { ...lambdaFunction, stillNeeds: "something calls the function" }],
    "lambda:UpdateFunctionCode",
  ),
  existing(
    "lambda-004",
    "lambda.amazonaws.com",
    ["a function runs with this role", lambdaFunction],
    "lambda:UpdateFunctionCode",
    "lambda:InvokeFunction",
  ),
  existing(
    "lambda-005",
    "lambda.amazonaws.com",
    ["a function runs with this role", lambdaFunction],
    "lambda:UpdateFunctionCode",
    "lambda:AddPermission",
  ),
  passRole("sagemaker-001", "sagemaker.amazonaws.com", "sagemaker:CreateNotebookInstance"),
  passRole("sagemaker-002", "sagemaker.amazonaws.com", "sagemaker:CreateTrainingJob"),
  passRole("sagemaker-003", "sagemaker.amazonaws.com", "sagemaker:CreateProcessingJob"),
  existing(
    "sagemaker-004",
    "sagemaker.amazonaws.com",
    [notebook, at("sagemaker", "notebook-instance/", { stillNeeds: "the notebook is in service" })],
    "sagemaker:CreatePresignedNotebookInstanceUrl",
  ),
  existing(
    "sagemaker-005",
    "sagemaker.amazonaws.com",
    [notebook, at("sagemaker", "notebook-instance/", { elsewhere: ["sagemaker:CreateNotebookInstanceLifecycleConfig"] })],
    "sagemaker:CreateNotebookInstanceLifecycleConfig",
    "sagemaker:StopNotebookInstance",
    "sagemaker:UpdateNotebookInstance",
    "sagemaker:StartNotebookInstance",
  ),
  existing(
    "apprunner-002",
    "tasks.apprunner.amazonaws.com",
    ["a service runs with this role", at("apprunner", "service/")],
    "apprunner:UpdateService",
  ),
  existing(
    "bedrock-002",
    "bedrock-agentcore.amazonaws.com",
    ["a code interpreter runs with this role", at("bedrock-agentcore", "code-interpreter-custom/")],
    "bedrock-agentcore:StartCodeInterpreterSession",
    "bedrock-agentcore:InvokeCodeInterpreter",
  ),
  ...laterTechniques,
  ...ownTechniques,
];
