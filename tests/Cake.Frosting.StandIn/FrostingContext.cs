using Cake.Core;

namespace Cake.Frosting;

/// <summary>Decorates Cake's context; builds derive from it.</summary>
public class FrostingContext(ICakeContext context) : CakeContextAdapter(context), IFrostingContext;
