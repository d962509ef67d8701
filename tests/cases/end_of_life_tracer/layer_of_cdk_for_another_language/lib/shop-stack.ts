const datadog = new DatadogLambda(this, "datadog", { nodeLayerVersion: 62 });
