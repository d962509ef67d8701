module "api" {
  source  = "DataDog/lambda-datadog/aws"
  version = "4.0.0"

  runtime                      = "python3.12"
  datadog_python_layer_version = 95
}
