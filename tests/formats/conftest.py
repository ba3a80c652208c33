from hypothesis import HealthCheck, settings

# A busy machine is no fault of the code: what is drawn is judged, and never how long it took.
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")
