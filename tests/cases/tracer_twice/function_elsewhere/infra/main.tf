module "api" {
  runtime                      = "python3.12"
  datadog_python_layer_version = 130
}
