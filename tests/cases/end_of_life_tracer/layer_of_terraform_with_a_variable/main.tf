resource "aws_lambda_function" "api" {
  function_name = "api"
  runtime       = "python3.9"
  architectures = ["arm64"]
  # layers = ["arn:aws:lambda:eu-west-1:464622532012:layer:Datadog-Python39-ARM:10"]
  layers = [
    "arn:aws:lambda:${data.aws_region.current.name}:464622532012:layer:Datadog-Python39-ARM:${var.layer}",
  ]
  environment {
    variables = {
      DD_TRACE_ENABLED = "true"
    }
  }
}
