import { at, existing, passRole } from "./take-over-technique.ts";
import type { TakeOverTechnique } from "./take-over-technique.ts";

const machines = "ec2.amazonaws.com";
const stateMachines = "states.amazonaws.com";
const studio = "sagemaker.amazonaws.com";

/** Published techniques for which the catalogue has no id: these ids are ours. */
export const ownTechniques: readonly TakeOverTechnique[] = [
  {
    ...passRole("rollcall-autoscaling-001", machines, "autoscaling:CreateLaunchConfiguration", "autoscaling:CreateAutoScalingGroup"),
    // AWS takes new ones of older accounts only.
    needs: "the account may still make launch configurations",
  },
  {
    ...passRole("rollcall-codebuild-001", "codebuild.amazonaws.com", "codebuild:UpdateProject", "codebuild:StartBuild"),
    needs: "a build project exists",
  },
  {
    ...passRole("rollcall-ec2-001", machines, "ec2:AssociateIamInstanceProfile"),
    needs: "the caller can run code on an instance without a profile",
  },
  {
    ...passRole("rollcall-ec2-002", machines, "ec2:ReplaceIamInstanceProfileAssociation"),
    needs: "the caller can run code on an instance with a profile",
  },
  {
    ...passRole("rollcall-ecs-001", "ecs-tasks.amazonaws.com", "ecs:RegisterTaskDefinition", "ecs:UpdateService"),
    needs: "an ECS service exists",
  },
  // A layer of the caller's runs in the function with its role.
  existing(
    "rollcall-lambda-001",
    "lambda.amazonaws.com",
    ["a function runs with this role and is called", at("lambda", "function:", { stillNeeds: "something calls the function" })],
    "lambda:UpdateFunctionConfiguration",
  ),
  {
    ...passRole(
      "rollcall-rolesanywhere-001",
      "rolesanywhere.amazonaws.com",
      "rolesanywhere:CreateTrustAnchor",
      "rolesanywhere:CreateProfile",
    ),
  },
  passRole("rollcall-sagemaker-001", studio, "sagemaker:CreateHyperParameterTuningJob"),
  existing(
    "rollcall-sagemaker-002",
    studio,
    ["a Studio user profile runs with this role", at("sagemaker", "user-profile/")],
    "sagemaker:CreatePresignedDomainUrl",
  ),
  passRole("rollcall-scheduler-001", "scheduler.amazonaws.com", "scheduler:CreateSchedule"),
  // A machine calls any API with its role.
  passRole("rollcall-states-001", stateMachines, "states:CreateStateMachine", "states:StartExecution"),
  passRole("rollcall-states-002", stateMachines, "states:TestState"),
  existing(
    "rollcall-states-003",
    stateMachines,
    ["a state machine runs with this role", at("states", "stateMachine:")],
    "states:UpdateStateMachine",
    "states:StartExecution",
  ),
];
