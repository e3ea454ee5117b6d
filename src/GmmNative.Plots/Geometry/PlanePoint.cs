namespace GmmNative.Plots.Geometry;

/// <summary>A point of the plane that is drawn, in the units of its two axes.</summary>
internal readonly record struct PlanePoint(double X, double Y);
