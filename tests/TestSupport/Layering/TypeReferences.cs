using Mono.Cecil;
using Mono.Cecil.Cil;

namespace GmmNative.TestSupport.Layering;

/// <summary>Gathers the types of a module that a type refers to.</summary>
internal sealed class TypeReferences(ModuleDefinition module)
{
    private readonly HashSet<TypeDefinition> _found = [];

    /// <summary>What was found.</summary>
    public IReadOnlyCollection<TypeDefinition> Found => _found;

    /// <summary>Adds what a type's declaration, members and bodies refer to.</summary>
    public void AddType(TypeDefinition type)
    {
        Add(type.BaseType);
        AddAttributes(type);
        AddParameters(type);
        foreach (InterfaceImplementation implementation in type.Interfaces)
        {
            Add(implementation.InterfaceType);
        }

        foreach (FieldDefinition field in type.Fields)
        {
            Add(field.FieldType);
            AddAttributes(field);
        }

        foreach (MethodDefinition method in type.Methods)
        {
            AddMethod(method);
            AddAttributes(method);
            if (method.HasBody)
            {
                AddBody(method.Body);
            }
        }
    }

    private void AddBody(MethodBody body)
    {
        foreach (VariableDefinition variable in body.Variables)
        {
            Add(variable.VariableType);
        }

        foreach (ExceptionHandler handler in body.ExceptionHandlers)
        {
            Add(handler.CatchType);
        }

        foreach (Instruction instruction in body.Instructions)
        {
            switch (instruction.Operand)
            {
                case MethodReference method:
                    AddMethod(method);
                    break;
                case FieldReference field:
                    Add(field.DeclaringType);
                    Add(field.FieldType);
                    break;
                case TypeReference type:
                    Add(type);
                    break;
                case CallSite site:
                    AddSignature(site);
                    break;
            }
        }
    }

    private void AddMethod(MethodReference method)
    {
        Add(method.DeclaringType);
        AddSignature(method);
        AddParameters(method);
        if (method is GenericInstanceMethod instance)
        {
            foreach (TypeReference argument in instance.GenericArguments)
            {
                Add(argument);
            }
        }
    }

    private void AddSignature(IMethodSignature method)
    {
        Add(method.ReturnType);
        foreach (ParameterDefinition parameter in method.Parameters)
        {
            Add(parameter.ParameterType);
        }
    }

    private void AddParameters(IGenericParameterProvider generic)
    {
        foreach (GenericParameterConstraint constraint in generic.GenericParameters.SelectMany(parameter => parameter.Constraints))
        {
            Add(constraint.ConstraintType);
        }
    }

    private void AddAttributes(ICustomAttributeProvider member)
    {
        foreach (CustomAttribute attribute in member.CustomAttributes)
        {
            Add(attribute.AttributeType);
        }
    }

    private void Add(TypeReference? type)
    {
        switch (type)
        {
            case null or GenericParameter:
                return;
            case FunctionPointerType pointer:
                AddSignature(pointer);
                return;
            case GenericInstanceType instance:
                Add(instance.ElementType);
                foreach (TypeReference argument in instance.GenericArguments)
                {
                    Add(argument);
                }

                return;
            case TypeSpecification specification:
                Add(specification.ElementType);
                return;
            case TypeDefinition definition when definition.Module == module:
                _found.Add(definition);
                return;
        }
    }
}
