"""How the courts of a sample deliver what happened: monthly views, formats, delays and faults.
What truly happened belongs to `pipelines.samples.world`."""
