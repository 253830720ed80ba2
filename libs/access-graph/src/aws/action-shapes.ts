import { lowerAction, serviceOfAction } from "./action-name.ts";
import { run } from "./common-text.ts";

const own = "{account}";
const machine = [`ec2:+:${own}:instance/+`];
const template = [`ec2:+:${own}:launch-template/+`];
const lambdaFunction = [`lambda:+:${own}:function:+`];
const project = [`codebuild:+:${own}:project/+`];
const stack = [`cloudformation:+:${own}:stack/+`];
const stateMachine = [`states:+:${own}:stateMachine:+`];
const stackSet = `cloudformation:+:${own}:stackset/+:+`;
const taskDefinition = `ecs:+:${own}:task-definition/+:+`;
const notebook = [`sagemaker:+:${own}:notebook-instance/+`];

/**
 * With `+` for a name. What actions of techniques are performed on, from the service on, where its reference says so: each of these kinds must be allowed.
 * Images may be anybody's, so that their ARN names no account.
 */
const kinds: ReadonlyMap<string, readonly string[]> = new Map([
  ["ec2:runinstances", ["ec2:+::image/+", ...["instance", "network-interface", "subnet"].map((kind) => `ec2:+:${own}:${kind}/+`)]],
  ["ec2:modifyinstanceattribute", machine],
  ["ec2:startinstances", machine],
  ["ec2:stopinstances", machine],
  ["ec2:createlaunchtemplateversion", template],
  ["ec2:modifylaunchtemplate", template],
  ["lambda:createfunction", lambdaFunction],
  ["lambda:invokefunction", lambdaFunction],
  ["lambda:addpermission", lambdaFunction],
  ["lambda:updatefunctioncode", lambdaFunction],
  ["lambda:updatefunctionconfiguration", lambdaFunction],
  ["lambda:createeventsourcemapping", [`lambda:+:${own}:event-source-mapping:+`]],
  ["codedeploy:createdeployment", [`codedeploy:+:${own}:deploymentgroup:+`]],
  ["codedeploy:registerapplicationrevision", [`codedeploy:+:${own}:application:+`]],
  ["codedeploy:getdeploymentconfig", [`codedeploy:+:${own}:deploymentconfig:+`]],
  ["states:createstatemachine", stateMachine],
  ["states:updatestatemachine", stateMachine],
  ["states:startexecution", stateMachine],
  ["autoscaling:createautoscalinggroup", [`autoscaling:+:${own}:autoScalingGroup:+:autoScalingGroupName/+`]],
  ["autoscaling:createlaunchconfiguration", [`autoscaling:+:${own}:launchConfiguration:+:launchConfigurationName/+`]],
  ["codebuild:createproject", project],
  ["codebuild:startbuild", project],
  ["codebuild:startbuildbatch", project],
  ["cloudformation:createstack", stack],
  ["cloudformation:updatestack", stack],
  ["cloudformation:createchangeset", stack],
  ["cloudformation:executechangeset", stack],
  ["sagemaker:createnotebookinstance", notebook],
  ["sagemaker:startnotebookinstance", notebook],
  ["sagemaker:stopnotebookinstance", notebook],
  ["sagemaker:updatenotebookinstance", notebook],
  ["sagemaker:createpresignednotebookinstanceurl", notebook],
  ["sagemaker:createtrainingjob", [`sagemaker:+:${own}:training-job/+`]],
  ["sagemaker:createprocessingjob", [`sagemaker:+:${own}:processing-job/+`]],
]);

/** Of the account, of nobody in particular, or of AWS: but neither another account's nor another service's. */
const anyKind = (service: string): readonly string[] => [`${service}:+:${own}:+`, `${service}:+::+`, `${service}:+:aws:+`];

/** Services whose actions are performed on what other services call theirs. */
const elsewhere: ReadonlyMap<string, readonly string[]> = new Map([
  ["ec2-instance-connect", ["ec2"]],
  ["ssm", ["ssm", "ec2", "ecs"]],
]);

function anyOf(action: string): readonly string[] {
  const service = serviceOfAction(action);
  return (elsewhere.get(service) ?? [service]).flatMap(anyKind);
}

/** What else the ARN of a thing may look like that has versions. */
const versions: ReadonlyMap<string, string> = new Map([
  ["lambda:invokefunction", `lambda:+:${own}:function:+:+`],
  ["cloudformation:createstackset", stackSet],
  ["cloudformation:createstackinstances", stackSet],
  ["cloudformation:updatestackset", stackSet],
  ["ecs:registertaskdefinition", taskDefinition],
  ["ecs:runtask", taskDefinition],
  ["ecs:starttask", taskDefinition],
  ["ssm:startautomationexecution", `ssm:+:${own}:automation-definition/+:+`],
]);

/** Patterns of ARNs, with `run` for any name: the action needs one of each list. */
export function shapesOf(action: string, { partition, account }: { partition: string; account: string }): readonly (readonly string[])[] {
  return templatesOf(lowerAction(action)).map((shapes) => shapes.map((shape) => `arn:${partition}:${shape.replace(own, account)}`));
}

const templates = new Map<string, readonly (readonly string[])[]>();

/** Before partition and account are put in; of the actions that techniques ask about, which are few. */
function templatesOf(action: string): readonly (readonly string[])[] {
  let made = templates.get(action);
  if (made === undefined) {
    const version = versions.get(action);
    made = (kinds.get(action)?.map((shape) => [shape]) ?? [anyOf(action)]).map((shapes) =>
      [...shapes, ...(version === undefined ? [] : [version])].map((shape) => shape.replaceAll("+", run)),
    );
    templates.set(action, made);
  }
  return made;
}

/** The kind that an action shares with others, which are then performed on one and the same; null where it has none or several. */
export const sharedKind = (action: string): string | null => {
  const named = kinds.get(lowerAction(action));
  return named?.length === 1 ? named[0]! : null;
};
