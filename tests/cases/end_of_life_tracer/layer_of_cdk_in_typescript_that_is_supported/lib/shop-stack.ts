import { DatadogLambda } from "datadog-cdk-constructs-v2";
import * as lambda from "aws-cdk-lib/aws-lambda";

const runtime = lambda.Runtime.PYTHON_3_11;
// pythonLayerVersion: 10
const datadog = new DatadogLambda(this, "datadog", { pythonLayerVersion: 130, nodeLayerVersion: 62 });
